{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "c2d1c88f52bc60acf13f18afa8c8881208572f9d84f763851d64e8b106bc93c8\n";
}
