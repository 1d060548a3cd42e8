// The shapes that the modules of a page share. They are read by the type checker alone; no page carries this file.

/** A state on the map, with its box in the scene that is shown. */
interface State {
  at: number;
  iri: string;
  label: string;
  kind: string;
  definition: string;
  synonyms: string[];
  ownLines: string[];
  out: Claim[];
  into: Claim[];
  /** The lines that are not causal, in both directions. */
  beside: Claim[];
  shown?: boolean;
  pieces?: Piece[] | null;
  x?: number;
  y?: number;
  w?: number;
  h?: number;
  lines?: string[];
}

/** A claim on the map: an arrow. */
interface Claim {
  at: number;
  id: string;
  cause: State;
  effect: State;
  /** promotes or inhibits; else the label of a relation that is not causal. */
  relation: string;
  beside: boolean;
  status: string;
  rank: number;
  certainty: string;
  onset: string;
  reversibility: string;
  note: string;
  evidence: Evidence[];
  /** The same claim in the whole graph. */
  claim?: WorldClaim;
  shown?: boolean;
  line?: any;
  points?: number[][];
}

interface Evidence {
  number: number;
  iri: string;
  title: string;
  url: string;
  stance: string;
  study: string;
  locator: string;
  note: string;
}

/** A state of the whole graph, of which the map may show a part. */
interface WorldState {
  iri: string;
  label: string;
  node?: State;
  at?: number;
  /** ENDING, CORRECTABLE, HUB and ILL as bits. */
  sort?: number;
  deviation?: number;
  out?: WorldClaim[];
  into?: WorldClaim[];
}

interface WorldClaim {
  edge?: Claim;
  cause: WorldState;
  effect: WorldState;
  weight: number;
  sign: 1 | -1;
  kind?: boolean;
  answers?: number;
  /** Each gate: whether it is a degree, then the states of which one must lie on the way or be given. */
  gates?: [boolean, ...number[]][];
  back?: [boolean, string];
  listed?: 1;
}

/** A path or a text, for the canvas and for SVG alike. */
interface Piece {
  d?: string;
  fill?: string;
  line?: string;
  width?: number;
  dash?: number[];
  alpha?: number;
  text?: any;
  path?: Path2D;
  x?: number;
  y?: any;
  size?: number;
  bold?: boolean;
  colour?: string;
  align?: any;
  max?: number;
}

/** What is drawn now: places of states, lines of claims, and the bands behind them. */
interface Scene {
  bands: [string, number, number][];
  extra: () => Piece[];
  places: Map<State, Partial<State>>;
  lines: Map<Claim, any>;
  pip?: (claim: Claim) => [number, number];
}

/** vis-network, which the page unpacks before all else. */
declare const vis: any;

interface Window {
  /** For tests, and for those who script a view. */
  kgView: any;
  /** The same for the offline page. */
  kg: any;
}
