{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "016742de00b88a0c08560f4e0a5feb9f9d95a2b1b3d325f3eb467d008dea3a29\n";
}
