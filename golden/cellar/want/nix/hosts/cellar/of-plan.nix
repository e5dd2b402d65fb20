{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "f600b1bb0b585f7bb9c949e18cd858fdb63e09843c68fc4d977d32649e3e23a2\n";
}
