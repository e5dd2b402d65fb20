{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "ed4ad9ffe6f9d20fdc7ffbea90677d5339b312b73c86cb5dcf8011c8d36b3d01\n";
}
