{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "44833c6c33a4df19a017f08c9f8519bbc9d47e96845f4e25c59216fd8ccd9b0b\n";
}
