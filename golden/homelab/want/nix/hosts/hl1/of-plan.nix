{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "5ca314037b0dba60c17e0c08d57f440136b80f4aa41fb989207c49edafec92d9\n";
}
