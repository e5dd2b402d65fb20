{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "d4e05ac8b89718f0bad05a4a7514e77f7b72505a407ecd75506175fc6e1700f5\n";
}
