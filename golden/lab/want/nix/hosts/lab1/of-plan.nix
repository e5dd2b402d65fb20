{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "53d4268eb7ef7bf1782487605b752d7f011f7f962a1364ea452ce842e51f501d\n";
}
