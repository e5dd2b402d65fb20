{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "fa13ec5455febe5a505ae413794b0869db2bae14384f575296d86dcaf91f890b\n";
}
