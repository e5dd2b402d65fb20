{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "fde26d6dbf9ba23ab5d4598deb98b0a976cb801cf1aaeeae22498baed44377b4\n";
}
