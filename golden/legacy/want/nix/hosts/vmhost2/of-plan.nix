{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "2c8a917a4c6146343fbebb1eb03e69032bf0492666a80906b25e9b6826f61dd2\n";
}
