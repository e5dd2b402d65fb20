{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "bbb569fe0eca308e0f4e6e53547e90b168beb63210d5f7ca733ffd217eae05b8\n";
}
