{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "60ca8d504447e2f5b116052a75894c0209e75805070f995c2df426f0779580f0\n";
}
