{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "c3d6e91d5d0c4657cd43c8fb8ef0fe9a6cba9355844b5aa7dad134020adfdf0e\n";
}
