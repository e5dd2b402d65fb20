{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "de294d0d9cfe8118951b56a318c4798f4f5daea6bde652f0de5d43a80001d76d\n";
}
