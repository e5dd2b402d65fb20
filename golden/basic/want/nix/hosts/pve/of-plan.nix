{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "509b5d7d33e594a0377558aec9ff0fa3e9a046fe60da0f9a6c5a7144eee002c9\n";
}
