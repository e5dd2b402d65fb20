{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "695b830bc9b71796b4fe3ca0350f990e1fb918f43fd4578673c07dae3d6b18fb\n";
}
