"""The two JSON contracts, the waist of the product: build, write, read, compare.

The stages that read source fill `model`; the stages that judge changes read the JSON. Neither
needs to know the other.
"""
