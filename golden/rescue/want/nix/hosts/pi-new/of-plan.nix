{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "cc3835f94db94f5fb842df38b9f9bca47a3872768ee7ff89fd5f506421afabb4\n";
}
