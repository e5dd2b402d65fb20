{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "d1024b2da8829e7686a5851bc6ae9670d9ee1786ef2aedbd2286fc9c72aed518\n";
}
