{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "8739df28d4880c9c14e200b9018ca1922340c879331b3931b84f24a689677184\n";
}
