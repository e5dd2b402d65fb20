{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "0d6f1fba3d8d7122fa6fdd00a4e0785d8b55032108ac6ebfff7902d922345cc4\n";
}
