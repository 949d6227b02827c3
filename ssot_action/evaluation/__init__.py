"""A partial evaluator: ECMAScript's pure part, and Convex's own library, over our own nodes."""
