{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "efd475cf5e531d391af326c9de474995806acff42df4b2353dac9e53e3f4b157\n";
}
