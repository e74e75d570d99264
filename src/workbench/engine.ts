/** Name and version of what computed a result; its hash is part of every digest. */
export const ENGINE = "entente 0.1.0";
