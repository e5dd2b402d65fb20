{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "8b30df193488703ff02e9b52d8cfdd1a9f9486de75f70c8c648d6c46bb6bfd13\n";
}
