{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "e82b622572ba395d8fc983142f9c39afa6dc7e8c21390d2d2cf3c5fa755ad08b\n";
}
