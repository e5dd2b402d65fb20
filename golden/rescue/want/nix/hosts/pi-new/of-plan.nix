{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "63aeed76c7262e70f48807f33a70ff61d3a6cd459907e6efb5c5958d2f8c6464\n";
}
