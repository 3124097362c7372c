"""Commands of `pulumi-identity` with many options, each in a module of its own."""
