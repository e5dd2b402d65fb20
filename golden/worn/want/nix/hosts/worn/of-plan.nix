{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "822ee81e65f402c3404addd14072ca101911fde10cdeb2efa297bd8ad133f967\n";
}
