{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "cfb27d1682d0d68326aafe02d2a26ec1cf89581040dc29bd6b1ca6b227fcf126\n";
}
