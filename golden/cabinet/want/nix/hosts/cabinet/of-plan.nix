{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "18e6f135b1c5c1d679250e56d32bfff5290888997b5e0c0fe7a13a2e2f07c0eb\n";
}
