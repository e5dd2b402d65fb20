{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "c68677bb254dc0c33e6bc6ad883bf56594c6cb6dcd436ef47bb3d01bd7b0537e\n";
}
