{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "f69cca1a5b4e0df53b62792ca829760a0749ddd8f4c7c4f41b097583b015f7f9\n";
}
