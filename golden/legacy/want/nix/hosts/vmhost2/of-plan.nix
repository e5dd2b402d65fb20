{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "6edfa0b7b3e95089179d51b94457695331f073a490217be2e57481ae9e3db335\n";
}
