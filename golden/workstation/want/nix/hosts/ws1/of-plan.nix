{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "04d59cfe4bce93ef21ff7204d592a54f70ab24ac2bcaeafd49d5838e36541596\n";
}
