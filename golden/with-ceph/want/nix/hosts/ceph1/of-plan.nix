{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "a8478adeaf913d3218df960df59ca1be4bb31a6383195cc02e19afdd6d67b4a5\n";
}
