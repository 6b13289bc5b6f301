// Light or dark, kept in cookies so that the next answer of the server has the right colours from its first byte.
(() => {
    const year = 31536000;
    const system = matchMedia('(prefers-color-scheme: dark)');
    const secure = location.protocol === 'https:' ? '; secure' : '';
    const keep = (name, value) => { document.cookie = `${name}=${value}; path=/; max-age=${year}; samesite=lax${secure}`; };
    const chosen = () => /(?:^|; )xtnd-look=(\w+)/.exec(document.cookie)?.[1] ?? 'system';
    const isDark = () => chosen() === 'dark' || (chosen() === 'system' && system.matches);
    const show = () => { document.documentElement.dataset.look = isDark() ? 'dark' : 'light'; };
    const note = () => { keep('xtnd-system-look', system.matches ? 'dark' : 'light'); show(); };
    system.addEventListener('change', note);
    note();
    window.xtnd = {
        isDark,
        isSeen: () => document.visibilityState === 'visible',
        reveal: id => document.getElementById(id)?.scrollIntoView({ block: 'nearest' }),
        setLook: choice => { keep('xtnd-look', choice); show(); return isDark(); },
    };
})();
