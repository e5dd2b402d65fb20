{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "593dca6b68d2c9c17281528657a7dc4db2ab9b37270bbc061f2408bce7df41ab\n";
}
