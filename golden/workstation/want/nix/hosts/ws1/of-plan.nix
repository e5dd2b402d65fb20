{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "1219bbee4abbe68f38173fa04d2576b8319e3befa155fdb36d9b56a727dddc14\n";
}
