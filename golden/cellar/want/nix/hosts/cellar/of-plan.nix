{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "852224206ddcc486a8448945da86087fcb1812ed77b0721f85324e2b2b2ba0f3\n";
}
