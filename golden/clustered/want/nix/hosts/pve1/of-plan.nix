{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "56b7fc7a0a59f90311f11c92801d5e5ee3848d4f70e6a83a4095a0bf41421c9d\n";
}
