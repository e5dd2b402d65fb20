{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "6d42a8f2e041ecf6ea96f739bf0e6ccb3fc6e5d4e3b77afa4ad2ffffae90692a\n";
}
