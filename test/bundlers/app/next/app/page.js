'use client';

import { useEffect } from 'react';
import { work } from './work.js';

export default function Page() {
  useEffect(() => {
    window.outcome = work();
  }, []);
  return <p>Inkling</p>;
}
