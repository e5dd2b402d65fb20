{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "ff44171bfaac0b712ca6ac854cd63f14c60680230088d0c121c5f11e27fbd4f4\n";
}
