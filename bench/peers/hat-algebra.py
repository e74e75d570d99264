"""Exact hat algebra of Caliendo and Parro (2015) in NumPy: the peer of `npm run bench solve`.

Reads worlds as raw float64 arrays from a folder, solves each several times, and prints one JSON document. The same
algorithm as ours in array form: Anderson acceleration on log wages (depth 12) and on prices and spending (depth 4), inner
tolerances tied to the outer residual, trade balance as the residual.
"""

import json
import sys
import time

import numpy as np


class Anderson:
    def __init__(self, depth):
        self.depth = depth
        self.restart()

    def restart(self):
        self.x = self.f = None
        self.dx, self.df = [], []

    def advance(self, x, f):
        if self.x is not None:
            self.dx.append(x - self.x)
            self.df.append(f - self.f)
            self.dx, self.df = self.dx[-self.depth :], self.df[-self.depth :]
        self.x, self.f = x.copy(), f.copy()
        new = x + f
        if self.df:
            df = np.stack(self.df)
            gram = df @ df.T
            gram[np.diag_indices_from(gram)] *= 1 + 1e-14
            try:
                weights = np.linalg.solve(gram, df @ f)
            except np.linalg.LinAlgError:
                return new
            new = new - weights @ (np.stack(self.dx) + df)
        return new


def solve(world, tolerance=1e-11):
    n, j = world["n"], world["j"]
    theta, va_share, inputs = world["theta"], world["valueAddedShare"], world["inputs"]
    final, value_added, surplus = world["finalShare"], world["valueAdded"], world["surplus"]
    tariff = world["tariffs"]
    change = world["costs"] * (1 + tariff) / (1 + world["baseTariffs"])
    weight = world["shares"] * change ** -theta[:, None, None]
    log_w = np.zeros(n)
    log_p = np.zeros((n, j))
    spending = final * value_added[:, None]
    outer, inner_p, inner_x = Anderson(12), Anderson(4), Anderson(4)
    residual, steps = 1.0, 0

    def cost(log_p):
        materials = np.matmul(inputs, log_p[:, :, None])[:, :, 0]
        return va_share * log_w[:, None] + (1 - va_share) * materials

    while steps < 2000:
        inner = max(1e-14, 1e-3 * min(residual, 1))
        inner_p.restart()
        while True:
            power = np.exp(-theta[:, None] * cost(log_p).T)
            total = np.matmul(weight, power[:, :, None])[:, :, 0]
            move = (-np.log(total) / theta[:, None]).T - log_p
            if np.abs(move).max() <= inner:
                log_p = log_p + move
                break
            log_p = inner_p.advance(log_p.ravel(), move.ravel()).reshape(n, j)
        power = np.exp(-theta[:, None] * cost(log_p).T)
        shares = weight * power[:, None, :]
        shares /= shares.sum(2, keepdims=True)
        net = shares / (1 + tariff)
        paid = net.sum(2).T
        net_t = net.transpose(0, 2, 1).copy()
        inner_x.restart()
        wages = np.exp(log_w) * value_added
        while True:
            income = wages + ((1 - paid) * spending).sum(1) - surplus
            output = np.matmul(net_t, spending.T[:, :, None])[:, :, 0].T
            materials = (1 - va_share) * output
            new = final * income[:, None] + np.matmul(materials[:, None, :], inputs)[:, 0, :]
            move = new - spending
            if (np.abs(move).sum(1) / value_added).max() <= inner:
                spending = new
                break
            spending = inner_x.advance(spending.ravel(), move.ravel()).reshape(n, j)
        output = np.matmul(net_t, spending.T[:, :, None])[:, :, 0].T
        slope = (theta[:, None, None] * net * spending.T[:, :, None] * (1 - shares)).sum((0, 1))
        excess = output.sum(1) - (paid * spending).sum(1) - surplus
        residual = np.abs(excess / wages).max()
        steps += 1
        if residual <= tolerance:
            break
        step = np.clip(excess / (wages + slope), -0.5, 0.5)
        log_w = outer.advance(log_w, step)
        log_w -= np.log((value_added * np.exp(log_w)).sum() / value_added.sum())
    return np.exp(log_w), np.exp(log_p), residual, steps


def load(folder, spec):
    n, j = spec["n"], spec["j"]
    shapes = {
        "theta": (j,),
        "shares": (j, n, n),
        "tariffs": (j, n, n),
        "baseTariffs": (j, n, n),
        "costs": (j, n, n),
        "valueAddedShare": (n, j),
        "inputs": (n, j, j),
        "finalShare": (n, j),
        "valueAdded": (n,),
        "surplus": (n,),
    }
    world = {name: np.fromfile(f"{folder}/{spec['id']}.{name}").reshape(shape) for name, shape in shapes.items()}
    return {"n": n, "j": j, **world}


def main(folder):
    results = []
    for spec in json.load(open(f"{folder}/worlds.json")):
        world = load(folder, spec)
        solve(world)
        times = []
        for _ in range(spec["runs"]):
            start = time.perf_counter()
            wage, price, residual, steps = solve(world)
            times.append(1000 * (time.perf_counter() - start))
        results.append(
            {
                "id": spec["id"],
                "ms": sorted(times)[len(times) // 2],
                "residual": residual,
                "steps": steps,
                "wage": wage.tolist(),
                "price": price.ravel().tolist(),
            }
        )
    print(json.dumps({"numpy": np.__version__, "results": results}))


main(sys.argv[1])
