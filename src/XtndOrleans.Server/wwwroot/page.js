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
    // "/" goes to the order box, unless somebody types.
    document.addEventListener('keydown', e => {
        const box = document.getElementById('order-box');
        if (e.key === '/' && box && !e.ctrlKey && !e.metaKey && !e.altKey && !e.target.closest?.('input, textarea, select, [contenteditable], [role=dialog]')) {
            e.preventDefault();
            box.focus();
        }
    });
    window.xtnd = {
        copy: id => navigator.clipboard?.writeText(document.getElementById(id).textContent).then(() => true, () => false) ?? false,
        isDark,
        reveal: id => document.getElementById(id)?.scrollIntoView({ block: 'nearest' }),
        setLook: choice => { keep('xtnd-look', choice); show(); return isDark(); },
    };
})();
