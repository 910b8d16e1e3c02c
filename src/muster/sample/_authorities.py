"""The authorities of England with children's services, and how many children in need each had.

Children in need at any time in 2024/25, as the Department for Education published them by authority ("Children in
need", 2025, Open Government Licence v3.0).  They give authorities of an invented country their sizes.
"""

from __future__ import annotations

_CHILDREN_IN_NEED = """
    201 102  202 2890  203 3935  204 3823  205 2185  206 3161  207 1388  208 3811  209 4783  210 4006
    211 5168  212 2601  213 1981  301 4677  302 3811  303 3160  304 5006  305 4523  306 9238  307 3936
    308 4914  309 3659  310 2601  311 4278  312 4641  313 3200  314 1780  315 2224  316 6276  317 4558
    318 1708  319 3007  320 4608  330 17287  331 6106  332 4218  333 5148  334 3307  335 3823  336 5056
    340 2338  341 8039  342 2681  343 4363  344 4525  350 4462  351 3316  352 10090  353 5697  354 4361
    355 4284  356 4540  357 4915  358 2594  359 4780  370 2910  371 3621  372 2860  373 7632  380 8843
    381 3503  382 4649  383 9273  384 5326  390 2444  391 4311  392 2369  393 2162  394 4049  420 24
    800 1532  801 4846  802 1747  803 2797  805 2674  806 3794  807 3171  808 3754  810 6092  811 3765
    812 2992  813 1757  815 7023  816 1863  821 3465  822 2412  823 2451  825 6412  826 4325  830 9889
    831 3962  838 3357  839 4900  840 7478  841 1698  845 5821  846 3738  850 21623  851 4144  852 3645
    855 6592  856 3493  857 315  860 7552  861 5055  865 3986  866 2893  867 1648  868 1707  869 2335
    870 2659  871 3057  872 1822  873 6057  874 3930  876 1996  877 2622  878 6068  879 3424  880 2463
    881 7893  882 1817  883 2249  884 3038  885 6215  886 25565  887 4034  888 12506  889 2945
    890 3142  891 6582  892 3664  893 3216  894 2402  895 3668  896 3917  908 8076  916 7811  919 8331
    921 3063  925 7859  926 8818  929 3739  931 5912  933 4846  935 6286  936 10874  937 6082  938 7705
    940 4230  941 4507  942 3142  943 1948
"""

AUTHORITIES: dict[str, int] = {
    code: int(children) for code, children in zip(*[iter(_CHILDREN_IN_NEED.split())] * 2, strict=True)
}

INVENTED = "999"


def shared_out(children: int, authorities: int) -> dict[str, int]:
    """How many of so many children each of the first authorities has; a single one is the invented 999."""
    if authorities == 1:
        return {INVENTED: children}
    chosen = dict(list(AUTHORITIES.items())[:authorities])
    total, told, given, shares = sum(chosen.values()), 0, 0, {}
    for code, size in chosen.items():
        told += size
        shares[code] = round(children * told / total) - given
        given += shares[code]
    return shares
