{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "3e451df00c054de43db2a66e7e284b070acbf2fbd379902bc2b39b18cca53cb3\n";
}
